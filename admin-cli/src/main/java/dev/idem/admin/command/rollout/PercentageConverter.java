package dev.idem.admin.command.rollout;

import dev.idem.core.rollout.Percentage;
import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a percentage. */
final class PercentageConverter implements ITypeConverter<Percentage> {
    @Override
    public Percentage convert(String text) {
        try {
            return Percentage.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("it is a number from 0 to 100, such as 12.5");
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
