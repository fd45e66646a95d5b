package dev.idem.dropwizard.task;

/**
 * A task failed for a reason that an operator can remove. The message is for the operator, and says what to do. Dropwizard logs
 * each failure of a task with its stack trace, so this has none, and no cause.
 */
public class TaskFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public TaskFailedException(String message) {
        super(message, null, false, false);
    }
}
