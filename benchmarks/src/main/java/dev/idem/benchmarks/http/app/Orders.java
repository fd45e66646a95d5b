package dev.idem.benchmarks.http.app;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The handler, the same for every protection: next to no work, so that what is measured is what stands around it. */
final class Orders {
    private final Map<String, Integer> executions = new ConcurrentHashMap<>();

    OrderAnswer accept(OrderRequest request) throws InterruptedException {
        if (request.work() != null) {
            executions.merge(request.number(), 1, Integer::sum);
            TimeUnit.MILLISECONDS.sleep(request.work());
        }
        return new OrderAnswer(
                UUID.randomUUID(), request.number(), "accepted", "EUR", 1250, "thank you for your order");
    }

    /** How often the handler ran for an order that has asked for it; forgotten by this. */
    int takeExecutions(String number) {
        Integer count = executions.remove(number);
        return count == null ? 0 : count;
    }
}
