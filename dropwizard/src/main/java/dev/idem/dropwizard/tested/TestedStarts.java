package dev.idem.dropwizard.tested;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Knows which starts of an application a test wants otherwise. An extension point ({@link ServiceLoader}): the artifact for tests brings the
 * one there is, so that no configuration file or property alone can make an application forget its records.
 */
public interface TestedStarts {

    /** The layer of the application that the calling thread starts; empty for the usual one. It is given once. */
    Optional<TestedLayer> take();

    /** What any artifact knows of the application that the calling thread starts. */
    static Optional<TestedLayer> ofThisThread() {
        return ServiceLoader.load(TestedStarts.class).stream()
                .map(ServiceLoader.Provider::get)
                .flatMap(starts -> starts.take().stream())
                .findFirst();
    }
}
