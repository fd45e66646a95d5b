package dev.idem.admin.session;

import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks before something is changed. A mixin with {@code --yes}. */
public final class Confirmation {
    private static final Set<String> CONSENT = Set.of("y", "yes");

    private final Session session;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Required where there is no terminal.")
    private boolean yes;

    public Confirmation(Session session) {
        this.session = session;
    }

    /**
     * Whether to go on.
     *
     * @throws ParameterException if there is no terminal and no --yes
     */
    public boolean given(String question) {
        if (yes) {
            return true;
        }
        Supplier<@Nullable String> terminal = session.shell().terminal().orElseThrow(this::nobodyToAsk);
        session.warn(question + " [y/N]");
        String answer = terminal.get();
        return answer != null && CONSENT.contains(answer.strip().toLowerCase(Locale.ROOT));
    }

    private ParameterException nobodyToAsk() {
        return new ParameterException(spec.commandLine(), "There is no terminal for the confirmation: add --yes.");
    }
}
