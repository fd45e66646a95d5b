package dev.idem.verification.support;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Every property of jqwik draws from the build's seed, but one that names a seed. jqwik finds this hook by itself, so that no
 * class can forget it.
 */
public final class SeedOfProperties implements AroundPropertyHook {
    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext property, PropertyExecutor execution) {
        if (property.attributes().seed().isEmpty()) {
            property.attributes().setSeed(Long.toString(RandomForm.asked().seed()));
        }
        return execution.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public int aroundPropertyProximity() {
        return Integer.MIN_VALUE; // outermost: before anything is generated
    }
}
