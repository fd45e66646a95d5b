package dev.idem.admin.option;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a key and removes the quotes of the header's quoted form. */
public final class KeyConverter implements ITypeConverter<String> {
    private static final Scope ANY = new Scope("any");

    @Override
    public String convert(String text) {
        boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
        try {
            return new RecordId(ANY, quoted ? text.substring(1, text.length() - 1) : text).key();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
