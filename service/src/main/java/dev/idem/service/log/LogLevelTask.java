package dev.idem.service.log;

import ch.qos.logback.classic.LoggerContext;
import dev.idem.dropwizard.task.TaskFailedException;
import io.dropwizard.servlets.tasks.LogConfigurationTask;
import java.io.PrintWriter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/** Dropwizard's {@code POST /tasks/log-level}, except for loggers that would log headers and bodies. */
public final class LogLevelTask extends LogConfigurationTask {
    private final WireLogLevels wires;

    public LogLevelTask(LoggerContext context) {
        super(context);
        this.wires = new WireLogLevels(context);
    }

    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) throws Exception {
        try {
            super.execute(parameters, output);
        } catch (DateTimeParseException e) {
            throw new TaskFailedException("nothing was done: duration must be an ISO 8601 duration, such as PT10M");
        }
        List<String> kept = wires.quieten();
        if (!kept.isEmpty()) {
            output.println(WireLogLevels.said(kept));
            output.flush();
        }
    }
}
