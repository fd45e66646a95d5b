package dev.idem.dropwizard.example;

import dev.idem.dropwizard.sections.IdempotentConfiguration;
import dev.idem.dropwizard.sections.SectionsBundle;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;

public final class OrdersApplication extends Application<IdempotentConfiguration> {
    public static void main(String[] arguments) throws Exception {
        new OrdersApplication().run(arguments);
    }

    @Override
    public void initialize(Bootstrap<IdempotentConfiguration> bootstrap) {
        bootstrap.addBundle(new SectionsBundle<>());
    }

    @Override
    public void run(IdempotentConfiguration configuration, Environment environment) {
        environment.jersey().register(new Orders());
    }
}
