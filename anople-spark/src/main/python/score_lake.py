"""Scores the pictures of a folder with an exported detector, on Spark.

    python score_lake.py JARS DETECTOR PICTURES OUTPUT

JARS is the folder with what a job brings along (anople-spark/target/jars), DETECTOR an exported detector
(*.onnx); PICTURES and OUTPUT are whatever Spark reads and writes: folders, s3a://..., hdfs://...
"""

import glob
import sys

from pyspark.sql import SparkSession


def main(jars, detector, pictures, output):
    spark = (
        SparkSession.builder.appName("lake")
        .config("spark.jars", ",".join(sorted(glob.glob(jars + "/*.jar"))))
        .config("spark.anople.detector", detector)
        .getOrCreate()
    )
    files = spark.read.format("binaryFile").load(pictures)
    scored = files.selectExpr("path", "anople_score(content) AS anomaly")
    scored.write.mode("overwrite").parquet(output)
    results = spark.read.parquet(output)
    results.groupBy("anomaly.verdict").count().show()
    results.where("anomaly.error IS NOT NULL").select("path", "anomaly.error").show(truncate=False)
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
