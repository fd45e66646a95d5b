package dev.idem.peers.jdempotent;

import com.trendyol.jdempotent.core.annotation.JdempotentRequestPayload;
import com.trendyol.jdempotent.core.annotation.JdempotentResource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The handler, the same as in our application. Without the aspect, its annotations mean nothing. */
@RestController
public class Orders {
    private final Map<String, Integer> executions = new ConcurrentHashMap<>();

    @PostMapping("/orders")
    @JdempotentResource(cachePrefix = "orders", ttl = 2, ttlTimeUnit = TimeUnit.MINUTES)
    public Receipt accept(@RequestBody @JdempotentRequestPayload Order order) throws InterruptedException {
        if (order.getWork() != null) {
            executions.merge(order.getNumber(), 1, Integer::sum);
            TimeUnit.MILLISECONDS.sleep(order.getWork());
        }
        return Receipt.of(order);
    }

    @GetMapping(value = "/executions/{number}", produces = "text/plain")
    public String executions(@PathVariable String number) {
        Integer count = executions.remove(number);
        return count == null ? "0" : count.toString();
    }
}
