package dev.idem.dropwizard.task;

/** A task failed. The message is for the operator, and says what to do. */
public class TaskFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public TaskFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    public TaskFailedException(String message) {
        super(message);
    }
}
