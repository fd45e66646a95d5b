package dev.idem.admin.output;

import dev.idem.admin.settings.FileFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where results go. Print streams and print writers forget the failures of what they write to; this one ends the command
 * with an {@link OutputLostException}. Not thread-safe.
 */
public final class ResultStream extends FilterOutputStream {
    /** The system's word for a pipe without a reader; it is in translations, too. */
    private static final String NO_READER = "pipe";

    private final String place;

    /** @param place its name at the beginning of a sentence */
    public ResultStream(OutputStream out, String place) {
        super(out);
        this.place = place;
    }

    /** The process's standard output, also for libraries that print there by themselves. */
    public static PrintStream standardOutput() {
        return new PrintStream(new ResultStream(new FileOutputStream(FileDescriptor.out), "The standard output"));
    }

    /**
     * A new file, or one that is overwritten.
     *
     * @throws IOException if it cannot be opened
     */
    public static ResultStream file(Path file) throws IOException {
        return new ResultStream(Files.newOutputStream(file), file.toString());
    }

    @Override
    public void write(int octet) {
        attempt(() -> out.write(octet));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() {
        attempt(out::flush);
    }

    @Override
    public void close() {
        attempt(out::close);
    }

    private interface Step {
        void run() throws IOException;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            String why = FileFailure.why(e);
            throw new OutputLostException(
                    place + " cannot be written: " + why + ". What is there is incomplete.",
                    why.toLowerCase(Locale.ROOT).contains(NO_READER));
        }
    }
}
