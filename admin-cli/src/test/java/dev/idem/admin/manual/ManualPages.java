package dev.idem.admin.manual;

import dev.idem.admin.command.IdemAdmin;
import dev.idem.admin.session.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes a page for each command, in AsciiDoc, of which the build makes manual pages ({@code -Pman}). */
public final class ManualPages {
    private ManualPages() {}

    /** @param arguments the directory to write to */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    static CommandSpec write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Shell nowhere = new Shell(Map.of(), directory, InputStream.nullInputStream(), Optional.empty());
        CommandSpec program = IdemAdmin.commandLine(nowhere).getCommandSpec();
        int failed = ManPageGenerator.generateManPage(directory.toFile(), null, new boolean[0], true, program);
        if (failed != 0) {
            throw new IllegalStateException("the manual's pages were not written: " + failed);
        }
        return program;
    }
}
