package dev.idem.service.share.event;

/**
 * Works on shares. An extension point: called on one thread of this process, and on others at the same time. An event comes
 * at least once, and again with the same {@link ShareEvent#derivedKey()} if this one throws, takes longer than a minute, or
 * its process dies before the delivery is put down.
 */
@FunctionalInterface
public interface ShareEventConsumer {

    /** @throws Exception if the event is to be delivered again, after a pause that grows from a second to five minutes */
    void accept(ShareEvent event) throws Exception;
}
