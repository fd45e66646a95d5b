package dev.idem.verification.support;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks for the programs that {@link NeedsPrograms} names. */
final class ProgramsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        Programs programs = Programs.here();
        Optional<String> missing = findAnnotation(test.getElement(), NeedsPrograms.class)
                .flatMap(needs -> programs.missing(List.of(needs.value())));
        if (missing.isPresent() && programs.required()) {
            throw new IllegalStateException(
                    test.getDisplayName() + ' ' + missing.get() + ", and the build requires every tool");
        }
        return missing.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("nothing is missing"));
    }
}
