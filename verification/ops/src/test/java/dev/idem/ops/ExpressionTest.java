package dev.idem.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is found in an expression. */
final class ExpressionTest {

    @Test
    void namesOfMetricsAndLabelsAreFoundAndNothingElse() {
        Expression found = Expression.of(
                "histogram_quantile(0.99, sum by (le, store) (rate(wait_seconds_bucket{kind=~\"a|b\",node!=\"x\"}[5m])))"
                        + " > 3 * (job:ratio:avg1d offset 10m) and up == 0 or vector(0)");

        assertThat(found.metrics()).containsExactly("job:ratio:avg1d", "up", "wait_seconds_bucket");
        assertThat(found.labels()).containsExactly("kind", "le", "node", "store");
    }
}
