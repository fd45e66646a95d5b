package dev.idem.hibernate;

import dev.idem.hibernate.example.Purchase;
import org.hibernate.Interceptor;
import org.hibernate.Transaction;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** Changes what its session has added as {@code /intercepted}, right before the commit. */
public final class Renaming implements Interceptor {
    private @Nullable Purchase added;

    @Override
    public boolean onPersist(Object entity, Object id, Object[] state, String[] names, Type[] types) {
        if (entity instanceof Purchase purchase && purchase.getNote().endsWith("/intercepted")) {
            added = purchase;
        }
        return false;
    }

    @Override
    public void beforeTransactionCompletion(Transaction transaction) {
        if (added != null) {
            added.setNote(added.getNote() + "/once");
        }
    }
}
