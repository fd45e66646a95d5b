package dev.idem.dropwizard.late;

import jakarta.inject.Singleton;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;

/** Binds what Jersey gives methods that answer later. */
public final class LateBinder extends AbstractBinder {
    private final LateAnswers answers;

    public LateBinder(LateAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected void configure() {
        bind(answers).to(LateAnswers.class);
        bind(SuspendedParameter.class).to(ValueParamProvider.class).in(Singleton.class);
    }
}
