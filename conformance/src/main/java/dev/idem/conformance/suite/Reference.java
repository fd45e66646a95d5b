package dev.idem.conformance.suite;

/**
 * Where a case comes from.
 *
 * @param section empty where the source has none
 */
public record Reference(Source source, String section) {
    @Override
    public String toString() {
        return section.isEmpty() ? source.name() : source.name() + ' ' + section;
    }
}
