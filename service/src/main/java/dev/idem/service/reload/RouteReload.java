package dev.idem.service.reload;

import dev.idem.gateway.Gateway;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.configuration.ConfigurationException;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the routes that are now written down in the place of those that hold. Thread-safe. */
public final class RouteReload {
    private static final Logger log = LoggerFactory.getLogger(RouteReload.class);

    private final ConfigReloader<IdemConfiguration> file;
    private final Gateway gateway;

    public RouteReload(ConfigReloader<IdemConfiguration> file, Gateway gateway) {
        this.file = file;
        this.gateway = gateway;
    }

    /**
     * Does it, or leaves everything as it is.
     *
     * @return how many routes there are now
     * @throws RoutesNotReplacedException saying why the routes stay
     */
    int reload() throws RoutesNotReplacedException {
        try {
            List<RouteSettings> routes = file.read().routes();
            gateway.replace(routes);
            log.info("The routes were read again; there are {}", routes.size());
            return routes.size();
        } catch (IOException | ConfigurationException | IllegalArgumentException e) {
            log.error("The routes stay as they are, since what is written down cannot be used: {}", e.getMessage());
            throw new RoutesNotReplacedException(e);
        }
    }
}
