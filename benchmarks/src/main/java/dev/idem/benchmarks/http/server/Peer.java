package dev.idem.benchmarks.http.server;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Alternatives to this layer: small applications with other libraries, in {@code benchmarks/peers}. */
public enum Peer {
    FASTIFY(
            "@node-idempotency/core 1.0.11 on Fastify 4, with its Redis adapter; the key from the header",
            "node_modules",
            "npm ci --no-audit --no-fund",
            "node server.js"),
    NESTJS(
            "@node-idempotency/nestjs 1.0.4 on NestJS 10 and Express, with its Redis adapter; the key from the header",
            "node_modules",
            "npm ci --no-audit --no-fund",
            "node server.js"),
    JDEMPOTENT(
            "Jdempotent 1.1.0 on Spring Boot 2.7 (JDK 17), with its Redis starter; the key from the body",
            "target/peer.jar",
            "../../../mvnw -B -ntp -q -f pom.xml package",
            "java -Xms256m -Xmx256m -jar target/peer.jar");

    private final String description;
    private final String product;
    private final String preparation;
    private final String command;

    Peer(String description, String product, String preparation, String command) {
        this.description = description;
        this.product = product;
        this.preparation = preparation;
        this.command = command;
    }

    /** The name on the command line and in the report. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Peer::word).toList();
    }

    public String description() {
        return description;
    }

    /** The result of {@link #preparation}. */
    Path product() {
        return Path.of(product);
    }

    /** The command to run once before the first start. */
    List<String> preparation() {
        return parts(preparation);
    }

    List<String> command() {
        return parts(command);
    }

    private static List<String> parts(String command) {
        return List.of(command.split(" "));
    }
}
