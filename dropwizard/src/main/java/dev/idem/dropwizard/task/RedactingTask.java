package dev.idem.dropwizard.task;

import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import io.dropwizard.servlets.tasks.Task;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that reports failures only in the log, because a library's message may contain confidential values. */
public final class RedactingTask extends Task {
    private static final Logger log = LoggerFactory.getLogger(RedactingTask.class);

    private final Task task;

    public RedactingTask(Task task) {
        this(task.getName(), task);
    }

    /** @param name by which operators run it */
    public RedactingTask(String name, Task task) {
        super(name);
        this.task = task;
    }

    /** @throws TaskFailedException with a sentence for the caller */
    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) throws TaskFailedException {
        try {
            task.execute(parameters, output);
        } catch (TaskFailedException e) {
            throw e;
        } catch (Exception e) {
            Problem problem = Problem.of(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.remedy(), null);
            log.error("The task {} failed; {}", getName(), problem.instance(), e);
            throw new TaskFailedException("The task failed. The log says why, at " + problem.instance() + '.');
        }
    }
}
