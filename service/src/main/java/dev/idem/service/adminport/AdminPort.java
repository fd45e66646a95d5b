package dev.idem.service.adminport;

import dev.idem.service.config.AdminConfiguration;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;

/** The admin port's door: every request to it passes here first. */
public final class AdminPort {
    private AdminPort() {}

    public static void guard(Environment environment, AdminConfiguration settings) {
        environment
                .admin()
                .addFilter("door", new AdminDoor(settings, environment.getObjectMapper()))
                .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
