"""Is today's data fit to publish?"""
