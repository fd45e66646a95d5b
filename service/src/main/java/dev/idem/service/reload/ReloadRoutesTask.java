package dev.idem.service.reload;

import io.dropwizard.servlets.tasks.Task;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /tasks/reload-routes} on the admin port. The response says what has changed. If the file is invalid, the response says why, with status 500.
 */
public final class ReloadRoutesTask extends Task {
    private final RouteReload reload;

    public ReloadRoutesTask(RouteReload reload) {
        super("reload-routes");
        this.reload = reload;
    }

    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) throws Exception {
        reload.reload().lines().forEach(output::println);
    }
}
