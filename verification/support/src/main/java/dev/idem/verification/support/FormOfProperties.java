package dev.idem.verification.support;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Properties of jqwik that take long: the short form has the {@value #SHORTER}th part of the tries that they name. */
public final class FormOfProperties implements AroundPropertyHook {
    static final int SHORTER = 10;

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext property, PropertyExecutor execution) {
        RandomForm form = RandomForm.asked();
        property.attributes().tries().filter(tries -> !form.full()).ifPresent(tries -> property.attributes()
                .setTries(Math.max(1, tries / SHORTER)));
        return execution.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS; // from a class to its properties
    }

    @Override
    public int aroundPropertyProximity() {
        return Integer.MIN_VALUE; // outermost: before anything is generated
    }
}
