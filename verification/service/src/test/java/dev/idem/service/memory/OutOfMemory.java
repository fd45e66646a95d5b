package dev.idem.service.memory;

import ch.qos.logback.classic.LoggerContext;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.servlets.tasks.Task;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Server;
import org.slf4j.LoggerFactory;

/** A server that runs out of memory where its first argument says, and would answer with 500 and live on. */
final class OutOfMemory extends Application<Configuration> {
    private static final String NOT_WRITTEN = "dev.idem.not.written";

    private OutOfMemory() {}

    public static void main(String[] arguments) throws Exception {
        OutOfMemoryWatch.overThreads();
        if (arguments[0].equals("thread")) {
            new Thread(OutOfMemory::takeAll).start();
            return;
        }
        new OutOfMemory().run("server");
        switch (arguments[0]) {
            case "servlet" -> ask("application", "/servlet");
            case "task" -> ask("admin", "/tasks/hog");
            case "pool" -> server.getThreadPool().execute(OutOfMemory::takeAll);
            case "log" ->
                LoggerFactory.getLogger(NOT_WRITTEN).trace("caught by {}", "a library", new OutOfMemoryError("a test"));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static volatile Server server = new Server();

    private static void ask(String connector, String path) throws Exception {
        int port = Stream.of(server.getConnectors())
                .filter(each -> connector.equals(each.getName()))
                .mapToInt(each -> ((AbstractNetworkConnector) each).getLocalPort())
                .findFirst()
                .orElseThrow();
        HttpResponse<Void> unused = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .POST(BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    private static void takeAll() {
        List<byte[]> unused = Stream.generate(() -> new byte[1 << 20]).toList();
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
        DefaultServerFactory ports = (DefaultServerFactory) configuration.getServerFactory();
        ((HttpConnectorFactory) ports.getApplicationConnectors().get(0)).setPort(0);
        ((HttpConnectorFactory) ports.getAdminConnectors().get(0)).setPort(0);
        OutOfMemoryWatch.install(environment);
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger(NOT_WRITTEN)
                .setLevel(ch.qos.logback.classic.Level.OFF);
        environment.lifecycle().addServerLifecycleListener(started -> server = started);
        environment
                .servlets()
                .addServlet("hog", new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
                        takeAll();
                    }
                })
                .addMapping("/servlet");
        environment.admin().addTask(new Task("hog") {
            @Override
            public void execute(Map<String, List<String>> parameters, PrintWriter output) {
                takeAll();
            }
        });
    }
}
