package dev.idem.admin.command.record;

import dev.idem.admin.session.Session;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that describe the answer for repeats. */
final class AnswerOptions {
    private static final int MOST_BYTES = 1 << 20;

    @Option(
            names = "--completed-with",
            paramLabel = "STATUS",
            required = true,
            description = "It took effect: repeats get this status, and these headers and this body:")
    private int status;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            converter = HeaderConverter.class,
            description = "A header of the answer. May be repeated.")
    private List<Header> headers = new ArrayList<>();

    @Option(names = "--body", paramLabel = "TEXT", description = "The body.")
    private @Nullable String body;

    @Option(
            names = "--body-file",
            paramLabel = "FILE",
            description = "A file with the body, up to 1 MiB; - is the standard input.")
    private @Nullable Path bodyFile;

    /** @throws ParameterException if the answer could not be replayed */
    RecordedResponse read(CommandSpec spec, Session session) {
        if (status < 200 || status > 599) {
            throw new ParameterException(spec.commandLine(), "--completed-with takes a final status, 200 to 599.");
        }
        if (body != null && bodyFile != null) {
            throw new ParameterException(spec.commandLine(), "--body and --body-file exclude each other.");
        }
        return new RecordedResponse(status, headers, bytes(spec, session));
    }

    private byte[] bytes(CommandSpec spec, Session session) {
        byte[] bytes = bodyFile == null
                ? (body == null ? "" : body).getBytes(StandardCharsets.UTF_8)
                : firstBytes(bodyFile, spec, session);
        if (bytes.length > MOST_BYTES) {
            throw new ParameterException(spec.commandLine(), "The body may have at most " + MOST_BYTES + " bytes.");
        }
        return bytes;
    }

    private static byte[] firstBytes(Path file, CommandSpec spec, Session session) {
        try (InputStream in = session.isStandard(file) ? session.shell().input() : Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--body-file: " + file + " cannot be read.", e);
        }
    }
}
