output "orders_bucket" {
  value = aws_s3_bucket.orders.bucket
}
