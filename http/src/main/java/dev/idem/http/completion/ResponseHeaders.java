package dev.idem.http.completion;

import java.util.List;

/** The headers of a response that is not sent yet, whichever server sends it. Not thread-safe. */
public interface ResponseHeaders {

    /** The values of a header, one for each line; empty for none. */
    List<String> values(String name);

    /** Sets a header to one value. */
    void put(String name, String value);

    /** Adds a line to a header. */
    void add(String name, String value);
}
