package dev.idem.peers.jdempotent;

import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** PORT, REDIS_URL, PROTECTED (true or false): see the README of benchmarks/peers. */
@SpringBootApplication
public class PeerApplication {

    public static void main(String[] arguments) {
        Thread starter = new Thread(PeerApplication::awaitEndOfStarter, "starter");
        starter.setDaemon(true);
        starter.start();
        SpringApplication.run(PeerApplication.class, arguments);
    }

    private static void awaitEndOfStarter() {
        try {
            // Nobody writes to it: it ends with its other end.
            System.in.readAllBytes();
        } catch (IOException e) {
            System.err.println("standard input cannot be read: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
