package dev.idem.service.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of the console.
 *
 * @param type its media type
 * @param content the bytes, which are never changed
 */
@SuppressWarnings("ArrayRecordComponent") // read once at the start, and only written to responses
record ConsoleFile(String type, byte[] content) {
    static final String PAGE = "index.html";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** All files by name: the project's own, and the chart library's from its jar. */
    static Map<String, ConsoleFile> all() {
        String library = "/META-INF/resources/webjars/uplot/" + libraryVersion() + "/dist/";
        return Stream.concat(
                        Stream.of(
                                PAGE,
                                "console.css",
                                "icon.svg",
                                "main.js",
                                "api.js",
                                "dom.js",
                                "dialog.js",
                                "rates.js",
                                "stores.js",
                                "search.js",
                                "stale.js",
                                "held.js",
                                "rollout.js"),
                        Stream.of(library + "uPlot.esm.js", library + "uPlot.min.css"))
                .collect(Collectors.toUnmodifiableMap(
                        resource -> resource.substring(resource.lastIndexOf('/') + 1), ConsoleFile::read));
    }

    private static ConsoleFile read(String resource) {
        String extension = resource.substring(resource.lastIndexOf('.') + 1);
        return new ConsoleFile(
                Objects.requireNonNull(TYPES.get(extension), resource), with(resource, InputStream::readAllBytes));
    }

    private static String libraryVersion() {
        Properties versions = with("versions.properties", stream -> {
            Properties read = new Properties();
            read.load(stream);
            return read;
        });
        return versions.getProperty("uplot");
    }

    private interface Reading<T> {
        T from(InputStream stream) throws IOException;
    }

    private static <T> T with(String resource, Reading<T> reading) {
        try (InputStream stream = ConsoleFile.class.getResourceAsStream(resource)) {
            return reading.from(Objects.requireNonNull(stream, resource + " is missing from the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
