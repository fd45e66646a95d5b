package dev.idem.service.share.event;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each event to the log. Thread-safe. */
public final class LoggingConsumer implements ShareEventConsumer {
    private static final Logger log = LoggerFactory.getLogger(LoggingConsumer.class);

    @Override
    public void accept(ShareEvent event) {
        log.info("{} {} with the key {}", event.kind(), event.id(), event.derivedKey());
    }
}
