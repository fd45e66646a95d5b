package dev.idem.gateway.header;

import dev.idem.http.completion.ResponseHeaders;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;

/** The headers of a response of Jetty's. */
public record JettyHeaders(HttpFields.Mutable fields) implements ResponseHeaders {

    @Override
    public List<String> values(String name) {
        return fields.getValuesList(name);
    }

    @Override
    public void put(String name, String value) {
        fields.put(name, value);
    }

    @Override
    public void add(String name, String value) {
        fields.add(name, value);
    }
}
