import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.geo.Polygon;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.*;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;
import org.apache.lucene.util.BytesRef;

/** Turns the fields of a question, as LuceneServe names them, into a query. */
class LuceneQuestion {
    private final Analyzer analyzer = LuceneBuild.analyzer();
    private final DirectSpellChecker speller = new DirectSpellChecker();

    LuceneQuestion() {
        speller.setMaxEdits(1);
    }

    Query query(IndexReader reader, String[] asked, double lat, double lon) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : asked[1].isEmpty() ? new String[0] : asked[1].split(" ")) {
            Query either = asked[0].equals("misspelt") ? spelt(reader, word) : word(word);
            if (either != null) {
                all.add(either, BooleanClause.Occur.MUST);
            }
        }
        double radius = Double.parseDouble(asked[4]);
        if (radius > 0) {
            all.add(new IndexOrDocValuesQuery(LatLonPoint.newDistanceQuery("at", lat, lon, radius),
                LatLonDocValuesField.newSlowDistanceQuery("at", lat, lon, radius)), BooleanClause.Occur.FILTER);
        }
        if (!asked[8].isEmpty()) {
            all.add(LatLonPoint.newPolygonQuery("at", polygon(asked[8])), BooleanClause.Occur.FILTER);
        }
        if (!asked[5].isEmpty()) {
            all.add(any("need", asked[5]), BooleanClause.Occur.FILTER);
        }
        for (String group : asked[6].isEmpty() ? new String[0] : asked[6].split(";")) {
            all.add(any("facet", group), BooleanClause.Occur.FILTER);
        }
        return all.build();
    }

    /** The stems of a word, all of which have to be there; null for a word that the analyser drops. */
    private Query word(String word) throws IOException {
        BooleanQuery.Builder stems = new BooleanQuery.Builder();
        try (TokenStream tokens = analyzer.tokenStream("words", word)) {
            TermToBytesRefAttribute term = tokens.addAttribute(TermToBytesRefAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                stems.add(new TermQuery(new Term("words", BytesRef.deepCopyOf(term.getBytesRef()))), BooleanClause.Occur.MUST);
            }
        }
        List<BooleanClause> clauses = stems.build().clauses();
        return clauses.isEmpty() ? null : clauses.size() == 1 ? clauses.get(0).getQuery() : stems.build();
    }

    /** The word if titles have it, else any of the five likeliest within one edit. */
    private Query spelt(IndexReader reader, String word) throws IOException {
        Term term = new Term("spelling", word);
        if (word.length() < 5 || reader.docFreq(term) > 0) {
            return word(word);
        }
        BooleanQuery.Builder either = new BooleanQuery.Builder();
        for (var close : speller.suggestSimilar(term, 5, reader, SuggestMode.SUGGEST_ALWAYS)) {
            Query stem = word(close.string);
            if (stem != null) {
                either.add(stem, BooleanClause.Occur.SHOULD);
            }
        }
        Query found = either.build();
        return ((BooleanQuery) found).clauses().isEmpty() ? word(word) : found;
    }

    private static Query any(String field, String codes) {
        String[] each = codes.split(",");
        if (each.length == 1) {
            return new TermQuery(new Term(field, each[0]));
        }
        return new TermInSetQuery(field, Arrays.stream(each).map(BytesRef::new).toList());
    }

    private static Polygon polygon(String text) {
        double[] numbers = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
        double[] lats = new double[numbers.length / 2], lons = new double[numbers.length / 2];
        for (int i = 0; i < lats.length; i++) {
            lons[i] = numbers[2 * i];
            lats[i] = numbers[2 * i + 1];
        }
        return new Polygon(lats, lons);
    }
}
