package dev.idem.dropwizard.hook;

/**
 * What an application does around its protected requests. An extension point: thread-safe; called on the thread that executes or
 * answers the request, and as often as said here. Neither is called in shadow, nor for a request without a lease.
 */
public interface RequestHooks {

    /**
     * A request has acquired its key, its parameters are read and validated, and its method is entered next. Called once for each
     * attempt, for asynchronous methods too. It is not part of an atomic method's transaction, which may have begun.
     *
     * @throws Exception to refuse the request: the method is not entered, the key is free at once, and the exception is answered as
     *     one of the method, by the application's exception mappers
     */
    default void beforeExecution(ExecutingRequest execution) throws Exception {}

    /**
     * A repeat is given a stored answer, which has been chosen and is sent next. Called once for each. What it throws is logged, and
     * changes nothing.
     */
    default void afterReplay(ReplayedAnswer replay) {}

    /** Does nothing. */
    static RequestHooks none() {
        return new RequestHooks() {};
    }
}
