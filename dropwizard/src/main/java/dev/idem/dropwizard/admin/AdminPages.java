package dev.idem.dropwizard.admin;

import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServlet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.ee10.servlet.ServletMapping;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layer's pages on the admin port. They are added when the server starts, after all of the application's, and only at
 * paths where the application has none. Not thread-safe.
 */
public final class AdminPages implements LifeCycle.Listener {
    private static final Logger log = LoggerFactory.getLogger(AdminPages.class);

    private final Environment environment;
    private final List<Page> pages = new ArrayList<>();

    private record Page(String name, HttpServlet servlet, List<String> paths) {}

    /** It adds its pages when the environment's server starts. */
    public AdminPages(Environment environment) {
        this.environment = environment;
        environment.lifecycle().addEventListener(this);
    }

    /** @param name of the servlet */
    public void add(String name, HttpServlet servlet, String... paths) {
        pages.add(new Page(name, servlet, List.of(paths)));
    }

    @Override
    public void lifeCycleStarting(LifeCycle starting) {
        if (starting instanceof Server) {
            pages.forEach(this::show);
        }
    }

    private void show(Page page) {
        List<String> free = page.paths().stream().filter(path -> !isTaken(path)).toList();
        page.paths().stream()
                .filter(path -> !free.contains(path))
                .forEach(path ->
                        log.info("{} on the admin port is the application's own; {} is not there", path, page.name()));
        if (!free.isEmpty()) {
            environment.admin().addServlet(page.name(), page.servlet()).addMapping(free.toArray(String[]::new));
        }
    }

    private boolean isTaken(String path) {
        ServletHandler servlets = environment.getAdminContext().getServletHandler();
        return Stream.ofNullable(servlets.getServletMappings())
                .flatMap(Arrays::stream)
                .map(ServletMapping::getPathSpecs)
                .flatMap(patterns -> Arrays.stream(Optional.ofNullable(patterns).orElseGet(() -> new String[0])))
                .filter(pattern -> !isCatchAll(pattern))
                .anyMatch(pattern -> new ServletPathSpec(pattern).matches(path));
    }

    private static boolean isCatchAll(String pattern) {
        return pattern.equals("/") || pattern.equals("/*");
    }
}
