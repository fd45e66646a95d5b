package dev.idem.dropwizard.task;

/** A task could not do what it was asked for; the message is for whoever has asked, and says what to do. */
public class TaskFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public TaskFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
