package dev.idem.service;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.service.config.IdemConfiguration;
import dev.idem.service.stores.CommandErrors;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code server}: reports an operator's mistake as a sentence, without a stack trace. */
final class StartCommand extends ServerCommand<IdemConfiguration> {
    /** The word that starts the service; every other command ends. */
    static final String NAME = "server";

    StartCommand(Application<IdemConfiguration> application) {
        super(application);
    }

    @Override
    public void onError(Cli cli, Namespace namespace, Throwable failure) {
        OutOfMemoryExit.haltAfter(failure);
        CommandErrors.print(cli, failure);
    }
}
