package dev.idem.conformance.suite;

import dev.idem.conformance.exchange.Mismatch;
import dev.idem.conformance.exchange.Trial;

/** The requests of a case and what is checked of their answers. */
@FunctionalInterface
public interface Script {

    /**
     * @throws Mismatch if the server's behaviour differs from the expected one
     * @throws Exception if the server is unavailable
     */
    void play(Trial trial) throws Exception;
}
