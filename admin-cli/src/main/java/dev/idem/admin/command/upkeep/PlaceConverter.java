package dev.idem.admin.command.upkeep;

import dev.idem.core.reconcile.ScanPlace;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the place that an earlier run has printed. */
final class PlaceConverter implements ITypeConverter<ScanPlace> {
    @Override
    public ScanPlace convert(String text) {
        try {
            return ScanPlace.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no place that a run has printed");
        }
    }
}
