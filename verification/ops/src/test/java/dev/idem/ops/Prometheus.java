package dev.idem.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.process.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real Prometheus that looks at one node each second, and lets alerts fire at once. */
final class Prometheus implements AutoCloseable {
    private final Process process;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Prometheus watching(int adminPort, Path directory) throws IOException {
        Files.writeString(
                directory.resolve("rules.yml"),
                Files.readString(Rules.FILE).replaceAll("(?m)^ {8}for: .*$", "        for: 0s"));
        Path configuration = directory.resolve("prometheus.yml");
        Files.writeString(
                configuration,
                Files.readString(Rules.FILE.resolveSibling("prometheus.yml"))
                        .replace(": 15s", ": 1s")
                        .replace("127.0.0.1:3002", "127.0.0.1:" + adminPort));
        int port = FreePort.any();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        return new Prometheus(process, port);
    }

    boolean fires(String alert) throws IOException, InterruptedException {
        return !query("ALERTS{alertstate=\"firing\",alertname=\"" + alert + "\"}")
                .isEmpty();
    }

    boolean sees(String expression) throws IOException, InterruptedException {
        return !query(expression).isEmpty();
    }

    private JsonNode query(String expression) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                        + URLEncoder.encode(expression, StandardCharsets.UTF_8)))
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .at("/data/result");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
