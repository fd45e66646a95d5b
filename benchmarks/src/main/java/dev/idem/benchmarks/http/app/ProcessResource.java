package dev.idem.benchmarks.http.app;

import com.sun.management.ThreadMXBean;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the harness asks this process, outside of what it measures. */
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
public final class ProcessResource {
    private final Orders orders;

    ProcessResource(Orders orders) {
        this.orders = orders;
    }

    @GET
    @Path("executions/{number}")
    public int executions(@PathParam("number") String number) {
        return orders.takeExecutions(number);
    }

    /** Bytes since the start; before JDK 21 only of threads that still live. */
    @GET
    @Path("allocated")
    public long allocated() throws JMException {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME), "TotalThreadAllocatedBytes");
        } catch (AttributeNotFoundException olderJdk) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                    .filter(bytes -> bytes > 0)
                    .sum();
        }
    }
}
