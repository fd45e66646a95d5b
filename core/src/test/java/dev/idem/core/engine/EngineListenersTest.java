package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineListeners;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EngineListenersTest {

    @Test
    void everyEventReachesEachListener() throws Exception {
        List<String> heard = new ArrayList<>();
        EngineListener all = new EngineListeners(recording(heard), recording(heard));

        for (Method event : EngineListener.class.getMethods()) {
            heard.clear();
            event.invoke(
                    all,
                    Arrays.stream(event.getParameterTypes())
                            .map(EngineListenersTest::any)
                            .toArray());

            assertThat(heard).containsExactly(event.getName(), event.getName());
        }
    }

    private static EngineListener recording(List<String> heard) {
        return (EngineListener) Proxy.newProxyInstance(
                EngineListener.class.getClassLoader(),
                new Class<?>[] {EngineListener.class},
                (proxy, event, arguments) -> {
                    heard.add(event.getName());
                    return null;
                });
    }

    private static @Nullable Object any(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return true;
        }
        return null;
    }
}
