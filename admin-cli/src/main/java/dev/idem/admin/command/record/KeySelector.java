package dev.idem.admin.command.record;

import dev.idem.admin.option.KeyConverter;
import dev.idem.admin.option.ScopeConverter;
import dev.idem.core.record.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The key that a command is about, in one scope or wherever it is found. A mixin. */
final class KeySelector {
    @Parameters(
            paramLabel = "KEY",
            converter = KeyConverter.class,
            description = "The idempotency key as the client sent it, with or without its quotes.")
    private String key = "";

    @Option(
            names = "--scope",
            paramLabel = "S",
            converter = ScopeConverter.class,
            description = "Whose key it is. Default: every scope that has it.")
    private @Nullable Scope scope;

    String key() {
        return key;
    }

    Optional<Scope> scope() {
        return Optional.ofNullable(scope);
    }
}
