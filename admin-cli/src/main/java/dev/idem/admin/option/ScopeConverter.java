package dev.idem.admin.option;

import dev.idem.core.record.Scope;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a scope. */
public final class ScopeConverter implements ITypeConverter<Scope> {
    @Override
    public Scope convert(String text) {
        try {
            return Scope.ofText(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
