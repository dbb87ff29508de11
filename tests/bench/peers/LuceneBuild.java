import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.*;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.suggest.InputIterator;
import org.apache.lucene.search.suggest.fst.WFSTCompletionLookup;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/** Builds the index: LuceneBuild FOLDER INDEX. One document a service, merged into one segment. */
public class LuceneBuild {
    private static final Pattern TAB = Pattern.compile("\t");
    private static final int BATCH = 500;

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]), index = Path.of(args[1]);
        try (IndexWriter writer = new IndexWriter(new MMapDirectory(index.resolve("index")), settings(512))) {
            fill(writer, folder);
            writer.forceMerge(1);
            writer.commit();
        }
        try (FSDirectory scratch = FSDirectory.open(Files.createDirectories(index.resolve("suggest")))) {
            WFSTCompletionLookup titles = new WFSTCompletionLookup(scratch, "titles");
            titles.build(new Titles(folder));
            try (var out = Files.newOutputStream(index.resolve("titles.fst"))) {
                titles.store(out);
            }
        }
    }

    static IndexWriterConfig settings(int megabytes) {
        return new IndexWriterConfig(analyzer()).setRAMBufferSizeMB(megabytes);
    }

    static Analyzer analyzer() {
        return new PerFieldAnalyzerWrapper(new EnglishAnalyzer(), java.util.Map.of("spelling", new SimpleAnalyzer()));
    }

    private static void fill(IndexWriter writer, Path folder) throws Exception {
        var pool = new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(4),
            new ThreadPoolExecutor.CallerRunsPolicy());
        List<java.util.concurrent.Future<?>> done = new ArrayList<>();
        try (BufferedReader services = Files.newBufferedReader(folder.resolve("services.tsv"));
             Venues venues = new Venues(folder)) {
            List<String[]> batch = new ArrayList<>();
            for (String line = services.readLine(); line != null; line = services.readLine()) {
                String[] fields = TAB.split(line, -1);
                batch.add(new String[] {fields[0], fields[2], fields[3], fields[4], fields[5], venues.of(fields[0])});
                if (batch.size() == BATCH) {
                    List<String[]> full = batch;
                    done.add(pool.submit(() -> add(writer, full)));
                    batch = new ArrayList<>();
                }
            }
            add(writer, batch);
        }
        pool.shutdown();
        for (var one : done) {
            one.get();
        }
    }

    private static Void add(IndexWriter writer, List<String[]> batch) throws IOException {
        for (String[] record : batch) {
            writer.addDocument(document(record));
        }
        return null;
    }

    /** Of row, title, text, needs, facets, points ("lat lon,lat lon"); the title counts three times. */
    static Document document(String[] record) throws IOException {
        Document document = new Document();
        document.add(new StringField("row", record[0], Field.Store.NO));
        document.add(new NumericDocValuesField("number", Long.parseLong(record[0])));
        document.add(new TextField("words", record[1] + " " + record[1] + " " + record[2], Field.Store.NO));
        document.add(new TextField("spelling", record[1], Field.Store.NO));
        for (String code : codes(record[3])) {
            document.add(new StringField("need", code, Field.Store.NO));
        }
        for (String code : codes(record[4])) {
            document.add(new StringField("facet", code, Field.Store.NO));
            document.add(new SortedSetDocValuesFacetField("f", code));
        }
        for (String point : codes(record[5])) {
            int space = point.indexOf(' ');
            double lat = Double.parseDouble(point.substring(0, space)), lon = Double.parseDouble(point.substring(space + 1));
            document.add(new LatLonPoint("at", lat, lon));
            document.add(new LatLonDocValuesField("at", lat, lon));
        }
        return facets().build(document);
    }

    static FacetsConfig facets() {
        FacetsConfig config = new FacetsConfig();
        config.setMultiValued("f", true);
        return config;
    }

    static String[] codes(String joined) {
        return joined.isEmpty() ? new String[0] : joined.split(",");
    }

    /** The venues file in step with the services, both being in order of row. */
    private static class Venues implements AutoCloseable {
        private final BufferedReader lines;
        private String[] next;

        Venues(Path folder) throws IOException {
            lines = Files.newBufferedReader(folder.resolve("venues.tsv"));
            advance();
        }

        String of(String row) throws IOException {
            List<String> points = new ArrayList<>();
            for (; next != null && next[1].equals(row); advance()) {
                points.add(next[2] + " " + next[3]);
            }
            return String.join(",", points);
        }

        private void advance() throws IOException {
            String line = lines.readLine();
            next = line == null ? null : TAB.split(line);
        }

        public void close() throws IOException {
            lines.close();
        }
    }

    /** Titles to complete, each with the number of its row as its weight. */
    private static class Titles implements InputIterator {
        private final BufferedReader lines;
        private long row;

        Titles(Path folder) throws IOException {
            lines = Files.newBufferedReader(folder.resolve("services.tsv"));
        }

        public BytesRef next() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                return null;
            }
            String[] fields = TAB.split(line, 4);
            row = Long.parseLong(fields[0]);
            return new BytesRef(fields[2].toLowerCase(java.util.Locale.ROOT));
        }

        public long weight() { return row; }
        public BytesRef payload() { return null; }
        public boolean hasPayloads() { return false; }
        public java.util.Set<BytesRef> contexts() { return null; }
        public boolean hasContexts() { return false; }
    }
}
