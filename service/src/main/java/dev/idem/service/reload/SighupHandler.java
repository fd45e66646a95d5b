package dev.idem.service.reload;

import io.dropwizard.lifecycle.Managed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads routes on SIGHUP while the service runs. The JDK has no supported API for signals, so the unsupported one is
 * used reflectively. Without it, the task still works.
 */
public final class SighupHandler implements Managed {
    private static final Logger log = LoggerFactory.getLogger(SighupHandler.class);

    private final RouteReload reload;
    private @Nullable Object before;

    public SighupHandler(RouteReload reload) {
        this.reload = reload;
    }

    @Override
    public void start() throws ReflectiveOperationException {
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ours = Proxy.newProxyInstance(
                SighupHandler.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        onSignal();
                    }
                    return null;
                });
        before = handle(ours);
        if (before == handler.getField("SIG_IGN").get(null)) {
            log.warn("SIGHUP is ignored under nohup and will not reload the routes; use POST /tasks/reload-routes");
        }
    }

    @Override
    public void stop() throws ReflectiveOperationException {
        if (before != null) {
            Object unused = handle(before);
        }
    }

    /** @return the previous handler; null if no handler may be set */
    private static @Nullable Object handle(Object by) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
        try {
            return handle.invoke(null, signal.getConstructor(String.class).newInstance("HUP"), by);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException notHere) {
                log.info("SIGHUP cannot be handled: {}", notHere.getMessage());
                return null;
            }
            throw e;
        }
    }

    private void onSignal() {
        try {
            RouteChanges unused = reload.reload();
        } catch (RoutesNotReplacedException e) {
            log.error("{}", e.getMessage());
        }
    }
}
