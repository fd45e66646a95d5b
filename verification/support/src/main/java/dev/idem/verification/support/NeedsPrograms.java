package dev.idem.verification.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test, or a class of tests, that needs programs beside a JDK. Where one of them is missing the test is skipped, and the
 * build's last lines name it; with {@code -Dtools=required}, as in CI, it fails.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ProgramsCondition.class)
public @interface NeedsPrograms {
    /** Names that are looked for in the folders of {@code PATH}. */
    String[] value();
}
