package dev.idem.service.log;

import ch.qos.logback.access.common.spi.IAccessEvent;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import io.dropwizard.request.logging.layout.LogbackAccessRequestLayout;
import java.util.TimeZone;

/**
 * One line per request for people: {@code access-text}. It contains no header and no query, and so no token and no key.
 */
@JsonTypeName("access-text")
@JsonIgnoreProperties("includes") // of the layout that may replace it
public final class AccessTextLayout implements DiscoverableLayoutFactory<IAccessEvent> {
    private static final String PATTERN = "%h \"%m %U %H\" %s %b %D ms";

    @Override
    public LayoutBase<IAccessEvent> build(LoggerContext context, TimeZone timeZone) {
        LogbackAccessRequestLayout layout = new LogbackAccessRequestLayout(context, timeZone);
        layout.setPattern(PATTERN);
        return layout;
    }
}
