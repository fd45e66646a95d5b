package dev.idem.embedded.postgres;

import dev.idem.embedded.process.EmbeddedServerException;
import dev.idem.embedded.process.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How to run a program that refuses to run as root.
 *
 * <p>Preferred is a user namespace in which root is nobody: files stay root's. Containers often forbid that; there the
 * program becomes the user nobody, who then must own its files, and keeps the one capability to pass through
 * directories, such as {@code /root}, that nobody may not enter.
 *
 * @param prefix what to put before the command
 * @param mustOwnFiles whether files must be given to nobody first
 */
record UnprivilegedUser(List<String> prefix, boolean mustOwnFiles) {

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    static final UnprivilegedUser SAME = new UnprivilegedUser(List.of(), false);
    static final UnprivilegedUser NAMESPACE = new UnprivilegedUser(List.of("unshare", "-U"), false);
    static final UnprivilegedUser NOBODY_USER = new UnprivilegedUser(
            List.of(
                    "setpriv",
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    // Else access(2) would not count the capability.
                    "--securebits=+no_setuid_fixup",
                    "--inh-caps=-all,+dac_override",
                    "--ambient-caps=-all,+dac_override"),
            true);

    static UnprivilegedUser detect() throws IOException {
        if (!Platform.IS_LINUX
                || !Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT)) {
            return SAME;
        }
        for (UnprivilegedUser user : List.of(NAMESPACE, NOBODY_USER)) {
            if (user.worksHere()) {
                return user;
            }
        }
        throw new EmbeddedServerException(
                "PostgreSQL refuses to run as root, and neither unshare nor setpriv can become"
                        + " another user here: start as another user");
    }

    private boolean worksHere() throws IOException {
        try {
            // The name, since initdb looks it up.
            return command(List.of("id", "-un"))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while looking for a user to run PostgreSQL as", e);
        }
    }

    ProcessBuilder command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return new ProcessBuilder(whole);
    }

    /** Lets the user read and write everything in the directory. */
    void giveAccess(Path directory) throws IOException {
        if (mustOwnFiles) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }
}
