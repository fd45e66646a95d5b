package dev.idem.conformance.suite;

/** The requests of a case and what is checked of their answers. */
@FunctionalInterface
public interface Script {

    /**
     * @throws Mismatch if the server did something else than is expected
     * @throws Exception if it could not be asked
     */
    void play(Trial trial) throws Exception;
}
