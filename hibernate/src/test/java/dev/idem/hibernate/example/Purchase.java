package dev.idem.hibernate.example;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

/** An entity of the shop; its items are loaded when they are first read. */
@Entity
@Table(name = "purchases")
public class Purchase {
    /** The schema, which has a constraint. */
    public static final String TABLES = """
            CREATE TABLE purchases (id bigserial PRIMARY KEY, note text NOT NULL UNIQUE);
            CREATE TABLE purchase_items (purchase_id bigint NOT NULL REFERENCES purchases, items text NOT NULL)""";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private String note = "";

    @ElementCollection
    private List<String> items = new ArrayList<>();

    protected Purchase() {} // for Hibernate

    public Purchase(String note, List<String> items) {
        this.note = note;
        this.items.addAll(items);
    }

    public long getId() {
        return id;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }

    public List<String> getItems() {
        return items;
    }
}
