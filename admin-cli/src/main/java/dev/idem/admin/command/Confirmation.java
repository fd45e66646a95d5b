package dev.idem.admin.command;

import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks before something is removed. A mixin that brings {@code --yes}. */
final class Confirmation {
    private static final Set<String> CONSENT = Set.of("y", "yes");

    private final Session session;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Needed where there is no terminal to ask at.")
    private boolean yes;

    Confirmation(Session session) {
        this.session = session;
    }

    /**
     * Whether to go on.
     *
     * @throws ParameterException if nobody can be asked and --yes was not given
     */
    boolean given(String question) {
        if (yes) {
            return true;
        }
        Supplier<@Nullable String> terminal = session.shell().terminal().orElseThrow(this::nobodyToAsk);
        session.warn(question + " [y/N]");
        String answer = terminal.get();
        return answer != null && CONSENT.contains(answer.strip().toLowerCase(Locale.ROOT));
    }

    private ParameterException nobodyToAsk() {
        return new ParameterException(
                spec.commandLine(), "There is no terminal to ask for confirmation at: add --yes to go on without.");
    }
}
