package dev.idem.http.log;

import java.util.Map;
import org.slf4j.MDC;

/**
 * The fields of one log line, in the mapped diagnostic context: a JSON layout shows them as fields.
 *
 * @param values by their names; none of them a secret
 */
public record LogFields(Map<String, String> values) {

    public LogFields {
        values = Map.copyOf(values);
    }

    /** Writes the line with these fields. */
    public void write(Runnable line) {
        values.forEach(MDC::put);
        try {
            line.run();
        } finally {
            values.keySet().forEach(MDC::remove);
        }
    }
}
