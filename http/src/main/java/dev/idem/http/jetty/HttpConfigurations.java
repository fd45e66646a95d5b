package dev.idem.http.jetty;

import java.util.List;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.component.Container;

/** Finds what a port's protocols are configured with. Each protocol may have a configuration of its own. */
public final class HttpConfigurations {
    private HttpConfigurations() {}

    /** Those of all protocols of a port; contained beans, because Dropwizard wraps its factories in others that measure. */
    public static List<HttpConfiguration> of(Connector connector) {
        return ((Container) connector)
                .getContainedBeans(HttpConfiguration.class).stream().distinct().toList();
    }
}
